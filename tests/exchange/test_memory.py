"""However long a table is, reading it takes no more memory than a bound."""

import gzip
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.exchange.files import ORDERS

ROWS = 100_000
MEGABYTES = 60
"""Over what the program takes before it reads; the keys of 100,000 rows are among them."""

_READS = """
import sys
from datetime import UTC, datetime
from pathlib import Path
import psutil
from app.exchange.mapping import load_mapping
from app.exchange.records import Record, read_records
from app.exchange.tables import open_table
process = psutil.Process()
before = process.memory_info().rss
mapping, most, taken = load_mapping(Path(sys.argv[2])), before, 0
with open_table(Path(sys.argv[1])) as table:
    for record in read_records(table, mapping, timezone="Asia/Shanghai", now=datetime(2024, 6, 1, tzinfo=UTC)):
        taken += isinstance(record, Record)
        if taken % 5000 == 0:
            most = max(most, process.memory_info().rss)
print(taken, (most - before) // 1_000_000)
"""


def lines() -> Iterator[str]:
    yield "no,what,at,state,end"
    words = random.Random(7)
    for number in range(ROWS):
        text = "".join(chr(words.randrange(0x4E00, 0x9FA5)) for _ in range(150))
        yield f'{number:08d},"{text}\n{text}",2024-01-02 10:{number % 60:02d},open,'


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_hundred_thousand_rows_are_read_in_bounded_memory(tmp_path: Path) -> None:
    table, mapping = tmp_path / "a.csv.gz", tmp_path / "a.toml"
    with gzip.open(table, "wt", encoding="utf-8", compresslevel=1) as file:
        for line in lines():
            file.write(line + "\n")
    mapping.write_text(ORDERS, "utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", _READS, str(table), str(mapping)],
        capture_output=True,
        text=True,
        check=True,
    )
    taken, megabytes = map(int, done.stdout.split())
    assert taken == ROWS
    assert megabytes < MEGABYTES
