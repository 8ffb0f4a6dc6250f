"""Writes and reads messages with Confluent's own client, beside the program under test.

Reads one request as JSON from standard input and writes one answer as JSON to standard output:

    {"registry": url, "brokers": "host:port", "jobs": [job, …]}  ->  [result, …]

A job with "op": "write" serialises "values" and produces them; its result is the list of schema ids. A job with "op": "read"
reads "count" messages from the start of partition 0; its result is the list of their values. A job that fails has the result
{"error": text}.

Values that JSON cannot hold exactly are objects with one key: {"$int": digits}, {"$decimal": digits}, {"$bytes": base64},
{"$time": ISO 8601}, {"$uuid": text}, {"$float": "NaN" | "Infinity" | "-Infinity"}, {"$union": [type, value]}.
"""

import base64
import datetime
import decimal
import json
import math
import os
import subprocess
import sys
import tempfile
import uuid

from confluent_kafka import Consumer, Producer, TopicPartition
from confluent_kafka.schema_registry import Schema, SchemaReference, SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer, AvroSerializer
from confluent_kafka.schema_registry.json_schema import JSONDeserializer, JSONSerializer
from confluent_kafka.schema_registry.protobuf import ProtobufDeserializer, ProtobufSerializer
from confluent_kafka.serialization import MessageField, SerializationContext

TIMEOUT_S = 30
MAX_EXACT = 2**53 - 1


def special_float(value):
    if math.isnan(value):
        return "NaN"
    return "Infinity" if value > 0 else "-Infinity"


def to_json(value):
    """A Python value as JSON, exactly."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, int):
        return value if abs(value) <= MAX_EXACT else {"$int": str(value)}
    if isinstance(value, float):
        return value if math.isfinite(value) else {"$float": special_float(value)}
    if isinstance(value, decimal.Decimal):
        return {"$decimal": format(value, "f")}
    if isinstance(value, bytes):
        return {"$bytes": base64.b64encode(value).decode()}
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return {"$time": value.isoformat()}
    if isinstance(value, uuid.UUID):
        return {"$uuid": str(value)}
    if isinstance(value, tuple):
        return {"$union": [to_json(each) for each in value]}
    if isinstance(value, list):
        return [to_json(each) for each in value]
    if isinstance(value, dict):
        return {key: to_json(each) for key, each in value.items()}
    raise TypeError(f"no JSON for {type(value)}")


def time_of(text):
    if "T" in text:
        return datetime.datetime.fromisoformat(text)
    return datetime.time.fromisoformat(text) if ":" in text else datetime.date.fromisoformat(text)


SPECIAL = {
    "$int": int,
    "$float": float,
    "$decimal": decimal.Decimal,
    "$bytes": base64.b64decode,
    "$time": time_of,
    "$uuid": uuid.UUID,
    "$union": lambda pair: (pair[0], from_json(pair[1])),
}


def from_json(value):
    """The reverse of `to_json`."""
    if isinstance(value, list):
        return [from_json(each) for each in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        (key, inner), = value.items()
        if key in SPECIAL:
            return SPECIAL[key](inner)
    return {key: from_json(each) for key, each in value.items()}


def message_class(job):
    """The class of a Protobuf message, made from the text of its file and of the files that it imports."""
    import grpc_tools
    from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

    with tempfile.TemporaryDirectory() as folder:
        for name, text in job["files"].items():
            path = os.path.join(folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        known = os.path.join(os.path.dirname(grpc_tools.__file__), "_proto")
        out = os.path.join(folder, "descriptors")
        command = [sys.executable, "-m", "grpc_tools.protoc", "-I", folder, "-I", known]
        subprocess.check_call([*command, "--include_imports", "--descriptor_set_out", out, job["main"]])
        with open(out, "rb") as file:
            files = descriptor_pb2.FileDescriptorSet.FromString(file.read())
    pool = descriptor_pool.DescriptorPool()
    for file in files.file:
        pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName(job["message"])), pool


def schema_of(job):
    if job.get("schema") is None:
        return None
    references = [SchemaReference(**reference) for reference in job.get("references", [])]
    return Schema(job["schema"], job["language"], references)


def subject_options(job):
    options = {"auto.register.schemas": job.get("register", True)}
    if not options["auto.register.schemas"]:
        options["use.latest.version"] = True
    return options


def serialiser(job, client):
    """A function from a value of the request to bytes."""
    options = subject_options(job)
    if job["language"] == "AVRO":
        serialize = AvroSerializer(client, schema_of(job), conf=options)
        return lambda value, context: serialize(from_json(value), context)
    if job["language"] == "JSON":
        serialize = JSONSerializer(schema_of(job), client, conf=options)
        return lambda value, context: serialize(value, context)
    from google.protobuf import json_format

    message, pool = message_class(job)
    serialize = ProtobufSerializer(message, client, {**options, "use.deprecated.format": False})
    return lambda value, context: serialize(json_format.ParseDict(value, message(), descriptor_pool=pool), context)


def deserialiser(job, client):
    """A function from bytes to a value of the answer."""
    if job["language"] == "AVRO":
        deserialize = AvroDeserializer(client, return_record_name=job.get("names", False))
        return lambda data, context: to_json(deserialize(data, context))
    if job["language"] == "JSON":
        deserialize = JSONDeserializer(None, schema_registry_client=client)
        return lambda data, context: deserialize(data, context)
    from google.protobuf import json_format

    message, pool = message_class(job)
    # Without a client: it would ask for the schema as a descriptor, which Apicurio has only for schemas registered as such.
    deserialize = ProtobufDeserializer(message, {"use.deprecated.format": False})
    return lambda data, context: json_format.MessageToDict(deserialize(data, context), descriptor_pool=pool)


def schema_id(data):
    return int.from_bytes(data[1:5], "big")


def write(job, client, brokers):
    serialize = serialiser(job, client)
    producer = Producer({"bootstrap.servers": brokers})
    context = SerializationContext(job["topic"], MessageField.VALUE)
    failures = []
    ids = []
    for value in job["values"]:
        data = serialize(value, context)
        ids.append(schema_id(data))
        producer.produce(
            job["topic"], value=data, partition=0, on_delivery=lambda error, _: error and failures.append(str(error))
        )
    left = producer.flush(TIMEOUT_S)
    if left > 0 or failures:
        raise RuntimeError(f"{left} messages were not written: {failures}")
    return ids


def read(job, client, brokers):
    deserialize = deserialiser(job, client)
    context = SerializationContext(job["topic"], MessageField.VALUE)
    settings = {"bootstrap.servers": brokers, "group.id": f"peer-{uuid.uuid4()}", "enable.auto.commit": False}
    consumer = Consumer(settings)
    try:
        consumer.assign([TopicPartition(job["topic"], 0, job.get("from", 0))])
        values = []
        while len(values) < job["count"]:
            message = consumer.poll(TIMEOUT_S)
            if message is None or message.error():
                raise RuntimeError(f"got {len(values)} of {job['count']} messages: {message and message.error()}")
            values.append(deserialize(message.value(), context))
        return values
    finally:
        consumer.close()


def answer(job, client, brokers):
    try:
        return {"write": write, "read": read}[job["op"]](job, client, brokers)
    except Exception as error:  # The test shows it beside its job.
        return {"error": f"{type(error).__name__}: {error}"}


def main():
    request = json.load(sys.stdin)
    client = SchemaRegistryClient({"url": request["registry"]})
    json.dump([answer(job, client, request["brokers"]) for job in request["jobs"]], sys.stdout, allow_nan=False)


main()
