"""How long a console waits before it tries again."""

from app.sync.waiting import back_off_s, polite_s


def test_the_wait_is_random_from_nothing_to_twice_as_long_each_time() -> None:
    for failures, longest in [(1, 2), (2, 4), (5, 32), (6, 60), (7, 60), (10_000, 60)]:
        waits = [back_off_s(failures) for _ in range(2_000)]
        assert 0 <= min(waits) < longest * 0.05
        assert longest * 0.95 < max(waits) <= longest


def test_a_busy_server_gets_at_least_the_time_it_asked_for() -> None:
    waits = [polite_s(10) for _ in range(2_000)]
    assert min(waits) >= 10
    assert max(waits) <= 12
