"""Telephone numbers however they are written."""

import pytest

from app.domain.phones import looks_like_phone, masked_phone, phone_digits, spaced_phone


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("138 0013 2046", "13800132046"),
        ("138-0013-2046", "13800132046"),
        ("+86 138 0013 2046", "13800132046"),
        ("0086-13800132046", "13800132046"),
        ("8613800132046", "13800132046"),
        ("１３８００１３２０４６", "13800132046"),
        ("(0571) 8800-1234", "057188001234"),
        ("0571-88001234转802", "057188001234"),
        ("88001234 ext 5", "88001234"),
        ("0571-88001234-802", "057188001234"),
        ("(010) 8800 1234 - 5", "01088001234"),
        ("88001234-802", "88001234"),
        ("0571-88001234 分机 802", "057188001234"),
        ("+86 571 8800 1234", "057188001234"),
        ("86 10 8800 1234", "01088001234"),
        ("+86 400 800 1234", "4008001234"),
        ("400-800-1234", "4008001234"),
        ("010-8800-1234", "01088001234"),
        ("+852 2345 6789", "85223456789"),
        ("202-555-0123", "2025550123"),
        ("tel:13800132046", "13800132046"),
        ("吴女士", ""),
    ],
)
def test_digits_are_what_is_kept(written: str, digits: str) -> None:
    assert phone_digits(written) == digits
    assert phone_digits(digits) == digits


def test_a_unit_or_a_name_does_not_look_like_a_telephone() -> None:
    assert looks_like_phone("138 0013")
    assert looks_like_phone("（0571）8800-1234")
    assert looks_like_phone("0571-88001234 ext. 802")
    assert looks_like_phone("tel:13800132046")
    assert not looks_like_phone("1502x室")
    assert not looks_like_phone("wgf")
    assert not looks_like_phone("3幢1502")
    assert not looks_like_phone("15")


def test_digits_are_shown_in_groups_and_masked_in_the_middle() -> None:
    assert spaced_phone("13800132046") == "138 0013 2046"
    assert spaced_phone("057100002046") == "0571 0000 2046"
    assert spaced_phone("01088001234") == "010 8800 1234"
    assert spaced_phone("8021") == "8021"
    assert masked_phone("13800132046") == "138 **** 2046"
    assert masked_phone("057100002046") == "********2046"
