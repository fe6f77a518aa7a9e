"""The HTTP side: records in, answers out, and every fault listed where something is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Annotated, Any

import attrs
from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi_offline import FastAPIOffline
from starlette.exceptions import HTTPException

from ofsted_framework import (
    Event,
    History,
    OfstedFrameworkError,
    Provider,
    check,
    due,
    dump,
    what_if,
)
from ofsted_framework.documents import loads, openapi_components
from ofsted_framework.planning import Agenda
from ofsted_framework.telling.calendar_file import agendas_ics
from ofsted_framework.verdicts import CheckResult

from .store import NoRecordError, Store

LARGEST = 1_000_000
"""The most bytes that a body may have."""
DEEPEST = 20
"""How deeply lists and tables of a body may lie in one another."""


def _today() -> date:
    return datetime.now(UTC).date()


async def body(request: Request) -> str:
    """The text of a request's body, read no further than is allowed."""
    found = bytearray()
    async for chunk in request.stream():
        found += chunk
        if len(found) > LARGEST:
            raise HTTPException(413, f"The body is larger than {LARGEST:,} bytes.")
    try:
        text = found.decode("utf-8")
    except UnicodeDecodeError as error:
        raise HTTPException(400, f"The body is not UTF-8: byte {error.start}.") from None
    if depth(text) > DEEPEST:
        raise HTTPException(400, f"The body is nested more than {DEEPEST} deep.")
    return text


def depth(text: str) -> int:
    """How deeply brackets lie in one another, those in JSON strings left out."""
    deepest = now = 0
    inside = escaped = False
    for sign in text:
        if inside:
            inside = escaped or sign != '"'
            escaped = sign == "\\" and not escaped
        elif sign == '"':
            inside = True
        elif sign in "[{":
            now += 1
            deepest = max(deepest, now)
        elif sign in "]}":
            now -= 1
    return deepest


def read_event(text: str, kind: str) -> Event:
    """An event of a document of its own, read as strictly as within a record."""
    try:
        json.loads(text)  # so that it is one value, and nothing beside it
    except (ValueError, RecursionError) as error:
        raise OfstedFrameworkError.of(f"the text is not JSON: {error}") from None
    bare = dump(History(Provider(name="x", kind=kind)), layout="ndjson").rstrip().removesuffix("}")
    try:
        return loads(f'{bare}, "events": [{text}]}}', "json")[0].events[0]
    except OfstedFrameworkError as error:
        raise OfstedFrameworkError(
            attrs.evolve(fault, place=fault.place.removeprefix("/events/0"))
            for fault in error.faults
        ) from None


Body = Annotated[str, Depends(body)]


def create_app(database: str, today: Callable[[], date] = _today) -> FastAPI:
    """The service.

    Args:
        database: The path of its SQLite file.
        today: The only clock: the day of asking of a calendar feed that names none.
    """
    store = Store(database)
    app = FastAPIOffline(
        title="Inspection records",
        version="1",
        redoc_url=None,
        # Nothing is asked of other machines, not even whether the page is well formed.
        swagger_ui_parameters={"validatorUrl": None},
        swagger_ui_oauth2_redirect_url="/docs/oauth2-redirect",
    )
    _explain_errors(app)
    event_body = _json_body("Event")

    @app.post("/records", status_code=201, openapi_extra=_json_body("History"))
    def open_record(text: Body, response: Response) -> dict[str, str]:
        """Store a record."""
        key = store.add(loads(text, "json")[0])
        response.headers["Location"] = f"/records/{key}"
        return {"id": key}

    @app.get("/records/{key}", responses=_document("History"))
    def read_record(key: str) -> Response:
        """A record as it is kept."""
        return _written(store.get(key))

    @app.post("/records/{key}/events", status_code=201, openapi_extra=event_body)
    def append_event(key: str, text: Body, response: Response) -> dict[str, Any]:
        """Add an event: 201 if it is new, 200 if it has come again, 409 if another has its id."""
        history = store.get(key)
        event = read_event(text, history.provider.kind)
        kept = store.append(key, event)
        if kept == "another":
            raise HTTPException(409, f"The record has another event called {event.id!r}.")
        response.status_code = 201 if kept == "new" else 200
        return {"id": event.id, "new": kept == "new"}

    @app.get("/records/{key}/check", responses=_document("CheckResult"))
    def check_record(key: str, as_of: date) -> Response:
        """Check a record on a day."""
        return _written(check(store.get(key), as_of=as_of))

    @app.get("/records/{key}/agenda", responses=_document("Agenda"))
    def agenda(key: str, as_of: date) -> Response:
        """What is due next, in which window, and why."""
        return _written(due(store.get(key), as_of=as_of))

    @app.post("/records/{key}/what-if", openapi_extra=event_body)
    def would(key: str, as_of: date, text: Body) -> dict[str, Any]:
        """What one more event would change. Nothing is stored."""
        history = store.get(key)
        event = read_event(text, history.provider.kind)
        change = what_if(history, event, as_of=as_of)
        return {
            "new": [one.id for one in change.new],
            "gone": [one.id for one in change.gone],
            "opened": [_named(one) for one in change.opened],
            "closed": [_named(one) for one in change.closed],
            "explanation": change.explain(),
        }

    @app.get("/records/{key}/calendar.ics")
    def calendar(key: str, as_of: date | None = None) -> Response:
        """What is due, as a calendar to subscribe to; asked today where no day is named."""
        found = due(store.get(key), as_of=as_of or today())
        return Response(agendas_ics([found]), media_type="text/calendar; charset=utf-8")

    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]
    return app


def _named(one: Any) -> dict[str, str]:
    return {
        "framework": one.framework,
        "provision": one.provision,
        "subject": one.subject,
        "explanation": one.explain(),
    }


def _written(value: History | CheckResult | Agenda) -> Response:
    return Response(dump(value), media_type="application/json")


def _content(name: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}


def _json_body(name: str) -> dict[str, Any]:
    return {"requestBody": {"required": True, "content": _content(name)}}


def _document(name: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"content": _content(name)}}


def _openapi(app: FastAPI) -> dict[str, Any]:
    """The description of the service, with the library's own description of its documents."""
    if app.openapi_schema is None:
        made = get_openapi(title=app.title, version=app.version, routes=app.routes)
        schemas = made.setdefault("components", {}).setdefault("schemas", {})
        schemas |= openapi_components()["schemas"]
        app.openapi_schema = made
    return app.openapi_schema


# --- Errors as problem documents (RFC 9457) -----------------------------------------------------


def _problem(status: int, title: str, detail: str, faults: list[dict[str, Any]]) -> Response:
    told: dict[str, Any] = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
    }
    if faults:
        told["faults"] = faults
    # In ASCII, since what was sent may hold what UTF-8 cannot: half of a surrogate pair.
    return Response(json.dumps(told), status, media_type="application/problem+json")


def _explain_errors(app: FastAPI) -> None:
    @app.exception_handler(OfstedFrameworkError)
    def refused(request: Request, error: OfstedFrameworkError) -> Response:
        faults = [
            {
                "place": fault.place,
                "value": None if fault.value is None else str(fault.value)[:200],
                "message": fault.message,
                "nearest": fault.nearest,
            }
            for fault in error.faults[:100]
        ]
        return _problem(422, "It cannot be used as it is", str(error)[:2000], faults)

    @app.exception_handler(RequestValidationError)
    def wrong_request(request: Request, error: RequestValidationError) -> Response:
        faults = [
            {
                "place": "/".join(map(str, one["loc"])),
                "value": str(one.get("input"))[:200],
                "message": one["msg"],
                "nearest": None,
            }
            for one in error.errors()
        ]
        return _problem(422, "The request is not as it must be", "See the faults.", faults)

    @app.exception_handler(NoRecordError)
    def no_record(request: Request, error: NoRecordError) -> Response:
        return _problem(404, "There is no such record", str(error), [])

    @app.exception_handler(HTTPException)
    def others(request: Request, error: HTTPException) -> Response:
        return _problem(error.status_code, str(error.detail).rstrip("."), str(error.detail), [])
