"""Check a folder of JSON Lines with Spark: `python claims_in_spark.py corpus/ result/`.

Writes the valid claims and the issues, each with file and line, and how many allegations against each are denied.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pyarrow
from pyarrow import parquet
from pyspark.sql import SparkSession, Window, functions as F  # noqa: N812  # as everybody calls it

from geoclaims import ValidationError, from_json
from geoclaims.interop import from_arrow, to_arrow

folder, result = sys.argv[1:]
os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
spark = SparkSession.builder.master("local[*]").appName("claims").getOrCreate()

lines = spark.read.text(folder, lineSep="\n").select(
    F.col("value").cast("binary").alias("line"),
    F.col("_metadata.file_path").alias("file"),
    F.col("_metadata.file_block_start").alias("block"),
)

# Check each line once. A blank line is a row with neither article nor issues, so that later lines keep their number.
text = pyarrow.string()
issue = pyarrow.struct([("code", text), ("path", text), ("message", text)])
fields: list[pyarrow.Field[Any]] = [
    pyarrow.field("file", text),
    pyarrow.field("block", pyarrow.int64()),
    pyarrow.field("number", pyarrow.int64()),
    pyarrow.field("article", pyarrow.struct(list(to_arrow([]).schema))),
    pyarrow.field("issues", pyarrow.list_(issue)),
]
checked_schema = pyarrow.schema(fields)


def check(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
    """Check the lines of batches."""
    number: Counter[tuple[str, int]] = Counter()
    for batch in batches:
        articles = []
        columns: dict[str, Any] = {name: [] for name in checked_schema.names}
        for found in batch.to_pylist():
            block = found["file"], found["block"]
            number[block] += 1
            place = None
            issues = []
            if found["line"].strip(b" \t\r"):
                try:
                    articles.append(from_json(found["line"]))
                    place = len(articles) - 1
                except ValidationError as error:
                    issues = [
                        {
                            "code": issue.code,
                            "path": issue.json_path,
                            "message": issue.message,
                        }
                        for issue in error.issues
                    ]
            row = (*block, number[block], place, issues)
            for column, value in zip(columns.values(), row, strict=True):
                column.append(value)
        places = pyarrow.array(columns["article"], pyarrow.int64())
        columns["article"] = to_arrow(articles).to_struct_array().take(places)
        yield from pyarrow.table(columns, schema=checked_schema).to_batches()


schema = spark.createDataFrame(checked_schema.empty_table()).schema
lines.mapInArrow(check, schema).write.parquet(f"{result}/checked")
checked = spark.read.parquet(f"{result}/checked")

# The number of a line is its place in its block plus the lines of all blocks before it.
blocks_of_file = Window.partitionBy("file").orderBy("block")
before = blocks_of_file.rowsBetween(Window.unboundedPreceding, -1)
lines_before = F.coalesce(F.sum("lines").over(before), F.lit(0))
blocks = (
    checked.groupBy("file", "block")
    .agg(F.max("number").alias("lines"))
    .select("file", "block", lines_before.alias("lines_before"))
)
number = F.col("lines_before") + F.col("number")
numbered = checked.join(blocks, ["file", "block"]).withColumn("line", number)

claims = numbered.where("article is not null")
claims.select("file", "line", "article.*").write.parquet(f"{result}/claims")
issues = numbered.select("file", "line", F.inline("issues"))
issues.write.parquet(f"{result}/issues")

# Count the allegations with and without a denial. Ids are unique only within an article, so joins include file and
# line. Join denials through `denies` only: an accused who denies one thing has not denied another. Across articles,
# actors are the same by their address in `same_as`; those without are under `null`. To deny is not to refute.
claims = spark.read.parquet(f"{result}/claims")
said = claims.select("file", "line", F.inline("statements"))
allegations = said.where("type = 'allegation'").select(
    "file",
    "line",
    "id",
    F.explode("accused").alias("accused"),
)
denied = (
    said.where("type = 'denial'")
    .select("file", "line", F.explode("denies").alias("id"))
    .distinct()
    .withColumn("denied", F.lit(1))
)
actors = claims.select("file", "line", F.inline("actors")).select(
    "file",
    "line",
    F.col("id").alias("accused"),
    F.explode_outer("same_as").alias("same_as"),
)
counts = (
    allegations.join(denied, ["file", "line", "id"], "left")
    .join(actors, ["file", "line", "accused"])
    .select("same_as", "file", "line", "id", "denied")
    .distinct()
    .groupBy("same_as")
    .agg(
        F.count_if(F.col("denied").isNotNull()).alias("denied"),
        F.count_if(F.col("denied").isNull()).alias("not_denied"),
    )
)
counts.write.parquet(f"{result}/counts")
counts.orderBy("same_as").show(truncate=False)

# Read the claims again, on any machine.
table = parquet.read_table(f"{result}/claims").drop_columns(["file", "line"])
articles = from_arrow(table)
print(sum(len(article.allegations) for article in articles), "allegations")
