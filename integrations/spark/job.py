#!/usr/bin/env python3
"""Articles in, records out, on Spark:

    spark-submit job.py hdfs:///articles/*.parquet hdfs:///records --text body --id url

Reads Parquet, JSON (a row a line) or text (a file an article) of any path that Spark reads, and
writes Parquet partitioned by the month of publication. docs/SPARK.md says how to run it.
"""

import argparse

import glane.spark
from pyspark.sql import SparkSession
from pyspark.sql import functions as f


def records(spark, args):
    if args.format == "text":
        # A file is an article, and its path its id.
        rows = spark.read.text(args.input, wholetext=True)
        rows = rows.select(f.input_file_name().alias("id"), f.col("value").alias("text"))
    else:
        rows = spark.read.format(args.format).load(args.input)
    if args.partitions:
        rows = rows.repartition(args.partitions)
    extract = glane.spark.extract(
        text=args.text,
        id=args.id,
        title=args.title,
        date=args.date,
        keep=args.keep.split(",") if args.keep else (),
        timezone=args.timezone,
    )
    return rows.mapInArrow(extract, glane.spark.SCHEMA)


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    ask.add_argument("input")
    ask.add_argument("output")
    ask.add_argument("--format", choices=["parquet", "json", "text"], default="parquet")
    for name in ["text", "id", "title", "date", "keep", "timezone"]:
        ask.add_argument(f"--{name}")
    ask.add_argument("--partitions", type=int, help="spread the rows over so many tasks first")
    ask.add_argument("--mode", choices=["error", "overwrite", "append"], default="error")
    args = ask.parse_args()
    spark = SparkSession.builder.appName("glane").getOrCreate()
    out = records(spark, args)
    month = f.coalesce(f.substring("published", 1, 7), f.lit("unknown"))
    writer = out.withColumn("month", month).write.mode(args.mode).partitionBy("month")
    writer.option("compression", "zstd").parquet(args.output)
    spark.stop()


if __name__ == "__main__":
    main()
