"""PySpark: spark-submit deploy/spark_tar.py IN_GLOB OUT_DIR [FORMATS]

Texts lie in tar archives of 64 to 256 MB (file:, s3a:, hdfs:). Each becomes an archive of editions, through the pipe `shanben convert - -o -`, whose last file is
the report; nothing is written to the disk of an executor. The lines of all reports become one table in Parquet.
"""
import io, json, os, subprocess, sys, tarfile

from pyspark.sql import SparkSession

IN, OUT = sys.argv[1], sys.argv[2]
FORMATS = sys.argv[3] if len(sys.argv) > 3 else "md"
SHANBEN = os.environ.get("SHANBEN", "shanben")


def convert(archives):
    for path, data in archives:
        done = subprocess.run([SHANBEN, "convert", "-", "-o", "-", "-t", FORMATS, "-q"], input=bytes(data), capture_output=True)
        # 1: some texts failed, which the report names. Anything else is tried again.
        if done.returncode not in (0, 1):
            raise RuntimeError(f"{path}: exit {done.returncode}: {done.stderr.decode(errors='replace')[-500:]}")
        name = os.path.basename(path)
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as editions:
            lines = editions.extractfile("report.jsonl").read().decode("utf-8").splitlines()
        place = os.path.join(OUT, name)
        with open(place + ".tmp", "wb") as out:
            out.write(done.stdout)
        os.replace(place + ".tmp", place)
        for line in map(json.loads, lines):
            if "input" in line:
                yield name, line["input"], line["status"], (line.get("encoding") or {}).get("label"), line.get("bytes"), len(line.get("warnings", []))


os.makedirs(OUT, exist_ok=True)
# An archive is a task, however small: of what is lost with a worker no more is done again.
spark = SparkSession.builder.appName("shanben").config("spark.files.maxPartitionBytes", 1).getOrCreate()
# With a schema: without one Spark runs the first part twice.
table = spark.sparkContext.binaryFiles(IN).mapPartitions(convert).toDF("archive string, input string, status string, encoding string, bytes long, warnings long")
table.write.mode("overwrite").parquet(os.path.join(OUT, "report.parquet"))
spark.read.parquet(os.path.join(OUT, "report.parquet")).groupBy("status").count().show()
