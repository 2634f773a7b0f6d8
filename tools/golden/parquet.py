"""Makes the Parquet files of ParquetSourceTest: 700 rows in 3 row groups, the same rows packed in four ways.

Run: python parquet.py FOLDER (pyarrow 25.0.1)
"""
import sys

import pyarrow as pa
import pyarrow.parquet as pq

rows = [
    {
        "text": f"Row {i} of the table.",
        "number": i,
        "score": i / 4,
        "good": i % 2 == 0,
        "messages": [
            {"role": "user", "content": f"What is {i} + 1?"},
            {"role": "assistant", "content": str(i + 1)},
        ],
        "note": None if i % 3 == 0 else f"note {i}",
    }
    for i in range(700)
]
table = pa.Table.from_pylist(rows)
for codec in ("none", "snappy", "gzip", "zstd"):
    pq.write_table(table, f"{sys.argv[1]}/{codec}.parquet", compression=codec, row_group_size=300)
