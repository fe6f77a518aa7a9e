"""The service keeps the library's contract, loses nothing, and says what is wrong."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from ofsted_service.app import DEEPEST, LARGEST, create_app

import ofsted_framework as of
from ofsted_framework.documents import loads
from ofsted_framework.testing import Adapter, check_contract, life_of_a_record

SERVICE = Path(__file__).parents[1]
AS_OF = "2026-11-23"
PROBLEM = "application/problem+json"


class Service(Adapter):
    """The service as the library's contract sees it: over HTTP, in its own words."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client

    def store(self, history: of.History) -> str:
        done = self.client.post("/records", content=of.dump(history)).raise_for_status()
        return str(done.json()["id"])

    def load(self, key: str) -> of.History:
        return loads(self.client.get(f"/records/{key}").raise_for_status().text, "json")[0]

    def append(self, key: str, event: of.Event) -> None:
        self.client.post(f"/records/{key}/events", content=written(event)).raise_for_status()

    def check(self, key: str, as_of: date) -> Any:
        asked = {"as_of": as_of.isoformat()}
        return self.client.get(f"/records/{key}/check", params=asked).raise_for_status().json()


def written(event: of.Event) -> str:
    """An event as JSON."""
    line = of.dump(of.History(of.sample("cafcass").provider, [event]), layout="ndjson")
    return line[line.index('"events": [') + len('"events": [') : line.rindex("]")]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    app = create_app(str(tmp_path / "records.sqlite"), today=lambda: date(2026, 11, 23))
    with TestClient(app, raise_server_exceptions=False) as made:
        yield made


def test_the_contract_is_kept(client: TestClient) -> None:
    assert len(check_contract(Service(client), max_examples=8)) == 9


def test_records_live_as_they_should(client: TestClient) -> None:
    run_state_machine_as_test(
        life_of_a_record(lambda: Service(client)),
        settings=settings(
            max_examples=10, stateful_step_count=12, deadline=None, database=None,
            derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


# --- Answers ------------------------------------------------------------------------------------


@pytest.fixture
def cafcass(client: TestClient) -> str:
    return Service(client).store(of.sample("cafcass"))


MEETING = '{"type": "engagement-meeting", "id": "em-2026", "start": "2026-06-10"}'


def test_a_check_is_the_library_s(client: TestClient, cafcass: str) -> None:
    told = client.get(f"/records/{cafcass}/check", params={"as_of": AS_OF}).json()
    assert told["format"] == "ofsted-framework/check-result"
    assert told["departures"] == []


def test_an_agenda_has_windows(client: TestClient, cafcass: str) -> None:
    told = client.get(f"/records/{cafcass}/agenda", params={"as_of": AS_OF}).json()
    (full,) = [one for one in told["obligations"] if one["provision"] == "full-inspection"]
    # The third anniversary of 22 January 2024, and six months later.
    assert {"earliest": "2026-07-22", "expected": "2027-01-22", "latest": "2027-07-22"} in [
        one["window"] for one in full["courses"]
    ]


def test_what_if_stores_nothing(client: TestClient, cafcass: str) -> None:
    asked = client.post(f"/records/{cafcass}/what-if", params={"as_of": AS_OF}, content=MEETING)
    assert asked.status_code == 200
    assert "em-2026" in [one["subject"] for one in asked.json()["opened"]]
    assert Service(client).load(cafcass) == of.sample("cafcass")


@pytest.mark.parametrize("asked", [{}, {"as_of": AS_OF}])
def test_a_calendar_can_be_subscribed_to(
    client: TestClient, cafcass: str, asked: dict[str, str]
) -> None:
    told = client.get(f"/records/{cafcass}/calendar.ics", params=asked)
    assert told.headers["content-type"].startswith("text/calendar")
    assert told.text.startswith("BEGIN:VCALENDAR")
    assert "DTEND;VALUE=DATE:20270723" in told.text


def test_an_event_is_new_once(client: TestClient, cafcass: str) -> None:
    to = f"/records/{cafcass}/events"
    assert [client.post(to, content=MEETING).status_code for _ in range(2)] == [201, 200]
    other = client.post(to, content=MEETING.replace("06-10", "06-11"))
    assert (other.status_code, other.headers["content-type"]) == (409, PROBLEM)


# --- What is wrong ------------------------------------------------------------------------------


def test_every_fault_is_listed(client: TestClient, cafcass: str) -> None:
    wrong = '{"type": "engagement-meeting", "start": "2026-13-01", "attended": []}'
    told = client.post(f"/records/{cafcass}/events", content=wrong)
    assert (told.status_code, told.headers["content-type"]) == (422, PROBLEM)
    assert {one["place"] for one in told.json()["faults"]} == {"/id", "/start", "/attended"}
    assert "attended_by" in [one["nearest"] for one in told.json()["faults"]]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("{", 422),
        ("", 422),
        ("5", 422),
        ("[" * DEEPEST + "]" * DEEPEST, 422),
        ("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1), 400),
        ("[" * 200_000, 400),
        ('{"a": "' + "x" * LARGEST + '"}', 413),
        ('{"type": "thematic-review", "id": "' + "[" * 99 + '", "start": "2026"}', 201),
        (f"{MEETING}, {MEETING}", 422),
        (f'{MEETING}], "coverage": "complete", "x": [', 422),
        (MEETING.replace("2026-06-10", "\\ud800"), 422),
        (MEETING[:-1] + ', "id": "em-2"}', 422),
    ],
    ids=range(12),
)
def test_bodies_that_cannot_be_used(
    client: TestClient, cafcass: str, text: str, status: int
) -> None:
    told = client.post(f"/records/{cafcass}/events", content=text)
    assert told.status_code == status
    assert (told.headers["content-type"] == PROBLEM) == (status != 201)
    if status == 413:
        assert client.post("/records", content=text).status_code == 413


def test_bytes_that_are_no_text(client: TestClient) -> None:
    assert client.post("/records", content=b"\xff").status_code == 400


@pytest.mark.parametrize(
    ("path", "status"),
    [("/records/none", 404), ("/records/none/check?as_of=2026-11-23", 404), ("/nowhere", 404)],
)
def test_what_is_not_there(client: TestClient, path: str, status: int) -> None:
    told = client.get(path)
    assert (told.status_code, told.headers["content-type"]) == (status, PROBLEM)


@pytest.mark.parametrize("asked", ["", "?as_of=yesterday", "?as_of=2026-02-30"])
def test_a_day_of_asking_is_needed(client: TestClient, cafcass: str, asked: str) -> None:
    told = client.get(f"/records/{cafcass}/check{asked}")
    assert (told.status_code, told.headers["content-type"]) == (422, PROBLEM)
    assert told.json()["faults"][0]["place"] == "query/as_of"


# --- The page -----------------------------------------------------------------------------------


def test_the_page_asks_nothing_of_other_machines(client: TestClient) -> None:
    page = client.get("/docs").text
    for address in re.findall(r"""(?:src|href)="([^"]+)""", page):
        assert address.startswith("/"), address
        assert client.get(address).status_code == 200
    assert "http://" not in page
    assert '"validatorUrl": null' in page


def test_the_description_holds_the_library_s_schema(client: TestClient) -> None:
    told = client.get("/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    schemas = told["components"]["schemas"]
    assert "FocusedVisit" in schemas
    for reference in re.findall(r'"\$ref":\s*"([^"]+)"', client.get("/openapi.json").text):
        assert reference.removeprefix("#/components/schemas/") in schemas
    post = told["paths"]["/records"]["post"]["requestBody"]["content"]["application/json"]
    assert post["schema"] == {"$ref": "#/components/schemas/History"}
    assert schemas["Event"]["discriminator"]["propertyName"] == "type"


# --- As a process of its own ----------------------------------------------------------------------


class Process:
    """The service as somebody starts it, on a port that is free."""

    def __init__(self, database: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.base = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "ofsted_service", "--port", str(port)]
        self.process = subprocess.Popen([*command, "--database", str(database)], cwd=SERVICE)
        for _ in range(300):
            try:
                httpx.get(f"{self.base}/openapi.json", trust_env=False)
                return
            except httpx.TransportError:
                time.sleep(0.1)
        self.stop()
        raise TimeoutError("the service does not answer")

    def client(self) -> httpx.Client:
        return httpx.Client(base_url=self.base, timeout=60, trust_env=False)

    def stop(self, how: int = signal.SIGTERM) -> None:
        self.process.send_signal(how)
        self.process.wait()


def event(number: int) -> of.Event:
    return of.ThematicReview(id=f"event-{number}", start=date(2020, 1, 1), note="x" * 200)


def test_two_hundred_appends_at_once_lose_none(tmp_path: Path) -> None:
    process = Process(tmp_path / "records.sqlite")
    try:
        with process.client() as client, ThreadPoolExecutor(40) as threads:
            key = Service(client).store(of.sample("cafcass"))
            list(threads.map(lambda number: Service(client).append(key, event(number)), range(200)))
            found = Service(client).load(key)
    finally:
        process.stop()
    assert found == of.History(
        found.provider,
        [*of.sample("cafcass").events, *map(event, range(200))],
        coverage=found.coverage,
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_killed_while_writing_it_reads_back_whole(tmp_path: Path) -> None:
    database = tmp_path / "records.sqlite"
    process = Process(database)
    many = of.History(of.sample("cafcass").provider, map(event, range(300)))
    acknowledged: list[int] = []
    stored: list[str] = []

    def append(number: int) -> None:
        try:
            if number % 10:
                Service(client).append(key, event(number))
                acknowledged.append(number)
            else:
                stored.append(Service(client).store(many))
        except httpx.HTTPError:
            pass  # the service is gone

    with process.client() as client, ThreadPoolExecutor(8) as threads:
        key = Service(client).store(of.sample("cafcass"))
        done = [threads.submit(append, number) for number in range(1000)]
        for _ in range(6000):
            if len(acknowledged) >= 60 or all(one.done() for one in done):
                break
            time.sleep(0.01)
        process.stop(signal.SIGKILL)
        for one in done:
            one.cancel()
    assert 60 <= len(acknowledged) < 900, "it was killed at another time than was meant"
    process = Process(database)
    try:
        with process.client() as client:
            found = Service(client).load(key)
            kept = {one.id for one in found.events} - {e.id for e in of.sample("cafcass").events}
            assert kept >= {f"event-{number}" for number in acknowledged}
            assert all(found.get(id) == event(int(id.removeprefix("event-"))) for id in kept)
            for other in stored:
                assert Service(client).load(other) == many
            Service(client).append(key, event(9999))
            assert Service(client).load(key).get("event-9999") == event(9999)
    finally:
        process.stop()
    import sqlalchemy as sa
    from ofsted_service.store import Store  # also what was under way is whole or not there

    store = Store(str(database))
    with sa.create_engine(f"sqlite:///{database}").connect() as connection:
        keys = list(connection.execute(sa.text("SELECT id FROM records")).scalars())
    assert {len(store.get(one).events) for one in keys if one != key} <= {300}
