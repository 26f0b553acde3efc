"""A program that works at a desk until it is killed, and says on its output what was confirmed to it.

python -m tests.unit.store.busy_desk FOLDER
"""

import itertools
import sys
from pathlib import Path

from app.commands.work_orders import EditWorkOrder, Reporter, WorkOrderFields
from app.domain.ids import new_id
from app.store.drafts import DraftText
from tests.factories import CLERK, a_report
from tests.unit.store.desks import DAY, Desk
from tests.unit.store.little_server import LittleServer


def work(folder: Path) -> None:
    """Open orders, edit them, type drafts, send and fetch, for ever."""
    server = LittleServer()
    desk = Desk(folder, server)
    desk.store.enrol("console 07", "07", {})
    for turn in itertools.count():
        number = desk.store.reserve_number(DAY)
        confirm("number", number)
        order = a_report(id=new_id(), number=number, reporter=Reporter(name="王小明", phone="13800132046"))
        command_id = desk.do(order)
        confirm("command", command_id)
        confirm("order", order.id)
        confirm("command", desk.do(EditWorkOrder(id=order.id, set=WorkOrderFields(description=f"漏水 {turn}"))))
        draft_id = new_id()
        desk.store.drafts.save(DraftText(draft_id, CLERK, "林晓雨", first_words=number))
        confirm("draft", draft_id)
        if turn % 5 == 4:
            desk.push()
            desk.pull()


def confirm(what: str, name: str) -> None:
    """Say that something is on disk."""
    sys.stdout.write(f"{what} {name}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    work(Path(sys.argv[1]))
