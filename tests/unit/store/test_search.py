"""Search: by Chinese of any length, letters, telephone and number, in step with the rows, within one's streams."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.commands.contacts import CommentWorkOrder
from app.commands.residents import EditResident
from app.commands.steps import StepWorkOrder
from app.commands.work_orders import EditWorkOrder, Reporter, WorkOrderFields
from app.db.work_orders import WorkOrder
from app.domain.clock import EPOCH
from app.domain.ids import COMPANY_STREAM
from app.domain.work_orders import State
from app.protocol import PullReply, TablePage
from app.store import search_numbers
from app.store.pinyin import spellings
from app.store.search import Hit, matching, search
from app.store.search_terms import expression, terms, tokens
from app.store.settling import News
from tests.factories import BUILDING, LIFT, NOON, OTHER_UNIT, PLACE, PLUMBING, SITE, SUN, UNIT, an_id
from tests.unit.store.desks import PEOPLE, STREAMS, WORK, Desk

ORDERS = ("work_order",)


def found(desk: Desk, text: str, tables: Sequence[str] = ORDERS, streams: frozenset[str] = STREAMS) -> list[str]:
    hits: list[Hit] = desk.read(search, text, streams, tables, 20)
    return [hit.row_id for hit in hits]


def in_queue(desk: Desk, text: str, streams: frozenset[str] = STREAMS) -> set[str]:
    with desk.store.reading() as session:
        return set(session.scalars(select(WorkOrder.id).where(WorkOrder.id.in_(matching(text, "work_order", streams)))))


def put(desk: Desk, table: str, **row: object) -> str:
    """Have the server say that there is this row; returns its id."""
    row_id = an_id(repr(row))
    stream = PEOPLE if table.startswith("resident") else WORK
    whole = {"id": row_id, "stream_id": stream, "version": 1, "seq": 1, **row}
    page = TablePage(columns=tuple(whole), rows=(tuple(whole.values()),))
    desk.store.settle(News(pull=PullReply(server_time=NOON, epoch=1, streams={}, tables={table: page})))
    return row_id


@pytest.mark.parametrize(
    ("text", "tables", "expected"),
    [
        ("水", ["category"], PLUMBING),
        ("水电", ["category"], PLUMBING),
        ("sdwx", ["category"], PLUMBING),
        ("leak", ["category"], PLUMBING),
        ("孙", ["staff"], SUN),
        ("孙志远", ["staff"], SUN),
        ("sunzhiyuan", ["staff"], SUN),
        ("SunZhi", ["staff"], SUN),
        ("szy", ["staff"], SUN),
        ("sun zhi yuan", ["staff"], SUN),
        ("Sun Zhiy", ["staff"], SUN),
        ("zhiyuan", ["staff"], SUN),
        ("1101", ["staff"], SUN),
        ("水暖", ["staff"], SUN),
        ("地库", ["place"], PLACE),
        ("dk", ["place"], PLACE),
        ("客梯", ["asset"], LIFT),
        ("Lanwan", ["site"], SITE),
        ("3幢", ["building"], BUILDING),
        ("3 栋", ["building"], BUILDING),
        ("3幢1502", ["unit"], UNIT),
        ("3-1-1502", ["unit"], UNIT),
        ("3-1502", ["unit"], UNIT),
        ("3 1502", ["unit"], UNIT),
        ("31502", ["unit"], UNIT),
        ("3号楼1单元1502室", ["unit"], UNIT),
        ("３幢１５０２", ["unit"], UNIT),
        ("1502", ["unit"], UNIT),
        ("150", ["unit"], UNIT),
        ("1502室", ["unit"], UNIT),
    ],
)
def test_everything_is_found_by_any_way_it_is_called(desk: Desk, text: str, tables: list[str], expected: str) -> None:
    assert found(desk, text, tables) == [expected]


def test_an_order_is_found_by_number_place_words_caller_and_telephone(desk: Desk) -> None:
    order_id = desk.report(
        unit_id=UNIT,
        description="厨房下水管漏水",
        reporter=Reporter(name="曾小明", phone="138 0013 2046"),
    )
    desk.do(CommentWorkOrder(work_order_id=order_id, text="阀门已关"))
    desk.report(unit_id=OTHER_UNIT, description="灯不亮", reporter=Reporter(name="李娜", phone="13922223333"))
    for text in (
        *("260916-07-001", "0916-07-001", "07-001", "001", "6-07-001", "26091607001"),
        *("漏水", "漏", "厨房 漏水", "3-1-1502", "1502", "3幢1502"),
        *("曾", "曾小明", "zengxiaoming", "zxm", "xm", "曾小明 漏水"),
        *("2046", "13800132046", "138 0013 2046", "+86 138-0013-2046", "0013", "阀门"),
    ):
        assert found(desk, text) == [order_id], text
        assert in_queue(desk, text) == {order_id}, text


@pytest.mark.parametrize("text", ["", "  ", "😀", "*", '"', "漏水 不存在", "水漏", "zzz", "NOT", "漏*水 OR", "\x00"])
def test_what_is_not_there_is_not_found_however_it_is_written(desk: Desk, text: str) -> None:
    desk.report(description="漏水")
    assert found(desk, text) == []
    assert in_queue(desk, text) == set()


def test_the_index_follows_every_change(desk: Desk) -> None:
    order_id = desk.report(description="漏水")
    desk.sync()
    done = desk.do(EditWorkOrder(id=order_id, set=WorkOrderFields(description="停电")))
    assert (found(desk, "漏水"), found(desk, "停电")) == ([], [order_id])
    desk.store.undo([done], desk.author())
    assert (found(desk, "漏水"), found(desk, "停电")) == ([order_id], [])


def test_a_refused_order_is_no_longer_found(desk: Desk) -> None:
    desk.server.refuse = {"ReportWorkOrder"}
    order_id = desk.report(description="漏水", reporter=Reporter(name="曾小明"))
    assert found(desk, "曾") == [order_id]
    desk.push()
    assert found(desk, "漏水") == found(desk, "曾") == []
    assert desk.count("search_document WHERE table_name IN ('work_order', 'order_reporter')") == 0


def test_a_change_that_says_nothing_new_rewrites_no_document(desk: Desk) -> None:
    order_id = desk.report()
    before = desk.count("search_text_data")
    desk.do(StepWorkOrder(work_order_id=order_id, from_state=State.REPORTED, to=State.TRIAGED))
    assert desk.count("search_text_data") == before


def test_only_streams_that_one_may_read_are_searched(desk: Desk) -> None:
    order_id = desk.report(description="漏水", reporter=Reporter(name="曾小明"))
    without_people = STREAMS - {PEOPLE}
    assert found(desk, "漏水", streams=without_people) == [order_id]
    assert found(desk, "曾", streams=without_people) == []
    assert in_queue(desk, "曾", without_people) == set()
    assert found(desk, "漏水", streams=frozenset({COMPANY_STREAM})) == []
    assert found(desk, "漏水", streams=frozenset()) == []


def test_exact_numbers_come_first_then_names_then_words_and_the_newest_of_each(desk: Desk) -> None:
    word = desk.report(description="工具编号 1502 丢失", unit_id=None)
    desk.clock.forward(hours=1)
    longer = desk.report(description="x", unit_id=None, place_note="15020")
    desk.clock.forward(hours=1)
    exact, newer = desk.report(description="x"), None
    desk.clock.forward(hours=1)
    newer = desk.report(description="x")
    assert found(desk, "1502") == [newer, exact, longer, word]
    with desk.store.reading() as session:
        assert [hit.tier for hit in search(session, "1502", STREAMS, ORDERS, 3)] == [0, 0, 2]


def test_a_flat_is_the_one_that_was_typed_before_one_whose_digits_are_the_same_in_a_row(desk: Desk) -> None:
    flat = {name: value for name, value in desk.row("unit", UNIT).items() if name not in ("id", "aliases")}
    meant = put(desk, "unit", **{**flat, "label": "3 幢 1104", "entrance": "2", "number": "1104"}, aliases="")
    other = put(desk, "unit", **{**flat, "label": "3 幢 104", "entrance": "1", "number": "104"}, aliases="")
    assert found(desk, "3-1104", ["unit"]) == [meant, other]
    assert found(desk, "3-110", ["unit"])[0] == meant


def test_a_telephone_leads_to_its_resident_and_several_may_share_one(desk: Desk) -> None:
    first, second = (put(desk, "resident", site_id=SITE, name=name) for name in ("王小明", "区志明"))
    for resident in (first, second):
        put(desk, "resident_phone", resident_id=resident, digits="13800132046")
    assert set(found(desk, "2046", ["resident"])) == {first, second}
    assert found(desk, "ozm", ["resident", "staff"]) == [second]


def test_names_of_parents_are_followed_into_what_speaks_of_them(desk: Desk) -> None:
    resident = put(desk, "resident", site_id=SITE, name="王小明", note="")
    order_id = desk.report(reporter=Reporter(resident_id=resident))
    assert found(desk, "王小明") == [order_id]
    desk.do(EditResident(id=resident, site_id=SITE, set={"name": "汪晓鸣"}))  # type: ignore[arg-type]
    assert (found(desk, "王小明"), found(desk, "汪晓鸣")) == ([], [order_id])
    building = {**desk.row("building", BUILDING), "name": "9 幢", "version": 9}
    put(desk, "building", **building)
    assert found(desk, "9-1-1502", ["unit"]) == [UNIT]


def test_a_number_that_an_order_had_to_yield_still_leads_to_it(desk: Desk) -> None:
    order_id = desk.report()
    put(desk, "number_alias", work_order_id=order_id, number="260916-12-345")
    assert found(desk, "12-345") == [order_id]


def test_a_line_of_a_newer_server_is_not_stumbled_over(desk: Desk) -> None:
    order_id = desk.report()
    desk.sync()
    for number, params in enumerate(("not json", "[]", '{"note": 7}', '{"note": "阀门"}')):
        put(
            desk,
            "timeline",
            work_order_id=order_id,
            kind="comment",
            code="line_comment",
            params=params,
            happened_at=number,
            recorded_at=0,
        )
    assert found(desk, "阀门") == [order_id]


def test_documents_of_one_minute_that_overflow_go_on_in_the_next(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_numbers, "_BLOCK", 2)
    orders = [desk.report(description="漏水") for _ in range(5)]
    assert set(found(desk, "漏水")) == set(orders)
    desk.do(EditWorkOrder(id=orders[0], set=WorkOrderFields(description="停电")))
    assert set(found(desk, "漏水")) == set(orders[1:])
    assert search_numbers._block(EPOCH - timedelta(days=1)) == search_numbers._DATELESS


def test_surnames_are_spelt_as_surnames_are_read() -> None:
    read = {
        "曾国强": "zengguoqiang",
        "单雄": "shanxiong",
        "仇英": "qiuying",
        "区志明": "ouzhiming",
        "解晓东": "xiexiaodong",
        "查良": "zhaliang",
        "任长": "ren",
        "盖叫天": "gejiaotian",
        "缪斯": "miaosi",
        "朴树": "piaoshu",
        "尉迟恭": "yuchigong",
        "欧阳锋": "ouyangfeng",
    }
    for name, spelling in read.items():
        assert spellings(name)[0].startswith(spelling), name
    assert spellings("李") == ("li", "l")
    assert spellings("John") == ()


@given(st.text(max_size=30))
def test_no_text_breaks_the_full_text_query(text: str) -> None:
    for term in terms(text):
        asked = expression(term)
        assert asked.count('"') % 2 == 0
        assert "\x00" not in asked
        assert tokens(term)


@pytest.mark.parametrize("page", ["水" * 30_000, "漏 水 " * 10_000, "a b " * 10_000, "138" * 10_000, "zhang " * 5_000])
def test_a_page_of_text_pasted_into_a_search_is_cut(desk: Desk, page: str) -> None:
    assert found(desk, page) == []
    assert in_queue(desk, page) == set()


def test_any_text_can_be_asked_for(desk: Desk) -> None:
    @given(st.text(max_size=20))
    def ask(text: str) -> None:
        with desk.store.reading() as session:
            search(session, text, STREAMS, ORDERS, 5)
            session.scalar(select(func.count()).where(WorkOrder.id.in_(matching(text, "work_order", STREAMS))))

    ask()
