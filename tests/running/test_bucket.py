"""Evidence in a bucket, against a server on loopback that speaks S3."""

import socket

import boto3
import pytest
from django.conf import settings as loaded
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from moto.server import ThreadedMotoServer

from complaints.actions.checking_evidence import CHANGED, EXTRA, MISSING, go_on
from complaints.actions.showing_evidence import copy_evidence, download_evidence
from complaints.evidence_files import files
from complaints.models import EvidenceCheck
from tests.building import a_photo, add_photo, an_assessing_case
from tests.cast import AT

pytestmark = pytest.mark.django_db

KEYS = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "eu-central-1"}


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@pytest.fixture(scope="module")
def endpoint():
    port = free_port()
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    server.start()
    yield f"http://127.0.0.1:{port}"
    server.stop()


@pytest.fixture
def bucket(endpoint, settings, tmp_path):
    name = f"evidence-{tmp_path.name.lower().replace('_', '-')}"[:60].strip("-")
    client = boto3.client("s3", endpoint_url=endpoint, **KEYS)
    client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": KEYS["region_name"]})
    options = loaded.BUCKET["OPTIONS"] | {
        "bucket_name": name,
        "endpoint_url": endpoint,
        "region_name": KEYS["region_name"],
        "access_key": "test",
        "secret_key": "test",
        "location": "shop-1",
    }
    settings.STORAGES = loaded.STORAGES | {"default": loaded.BUCKET | {"OPTIONS": options}}
    return client, name


def test_evidence_lies_in_the_bucket_and_comes_back_whole(cast, bucket):
    client, name = bucket
    content = a_photo().read()
    photo = add_photo(cast, an_assessing_case(cast))
    stored = client.get_object(Bucket=name, Key=f"shop-1/{photo.file.name}")["Body"].read()
    assert stored == content
    with download_evidence(photo.pk, by=cast.ana, at=AT).open() as found:
        assert found.read() == content
    with copy_evidence(photo.pk, by=cast.ana, at=AT).open() as found:
        assert found.read().startswith(b"\x89PNG")


def test_missing_changed_and_extra_objects_are_found(cast, bucket):
    client, name = bucket
    case = an_assessing_case(cast)
    gone, changed, _well = (add_photo(cast, case, file=a_photo(colour=colour)) for colour in ("red", "green", "blue"))
    client.delete_object(Bucket=name, Key=f"shop-1/{gone.file.name}")
    client.put_object(Bucket=name, Key=f"shop-1/{changed.file.name}", Body=b"other")
    stray = default_storage.save("evidence/ff/stray", ContentFile(b"x"))
    findings = go_on(EvidenceCheck.objects.create(started_at=AT), at=AT, sweeping=False, span=None)
    assert findings == [
        (MISSING, gone.pk, gone.file.name),
        (CHANGED, changed.pk, changed.file.name),
        (EXTRA, None, stray),
    ]


def test_nothing_is_written_over_and_what_is_refused_leaves_nothing(bucket):
    client, name = bucket
    first, second = (default_storage.save("evidence/ab/one", ContentFile(content)) for content in (b"1", b"2"))
    assert first != second
    files.discard(files.Stored("a", first, "", 1, "text/plain"))
    kept = [found["Key"] for found in client.list_objects_v2(Bucket=name)["Contents"]]
    assert kept == [f"shop-1/{second}"]
