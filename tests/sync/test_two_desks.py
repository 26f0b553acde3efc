"""Two desks and a server: what one does, the other sees, whatever the network does meanwhile."""

from tests.plant import Plant


def test_an_order_opened_offline_reaches_the_other_desk_when_the_network_is_back(plant: Plant) -> None:
    a, b = plant.console("A"), plant.console("B")
    plant.sync()
    order_id = a.offline().report(description="厨房漏水")
    assert a.row("work_order", order_id)["state"] == "reported"
    plant.sync()
    assert ("work_order", order_id) not in b.rows()
    a.online()
    plant.sync()
    assert b.row("work_order", order_id)["description"] == "厨房漏水"
    plant.assert_agreed()
    assert not a.outbox()
