"""Start the service on this machine: `python -m ofsted_service`."""

from __future__ import annotations

import argparse

import uvicorn

from .app import create_app


def main() -> None:
    """Read the command line and serve until interrupted."""
    parser = argparse.ArgumentParser(prog="ofsted_service", description=__doc__)
    parser.add_argument("--database", default="records.sqlite", help="the SQLite file")
    parser.add_argument("--port", type=int, default=8000)
    args = parser.parse_args()
    print(f"ofsted_service: http://127.0.0.1:{args.port}/docs", flush=True)
    uvicorn.run(create_app(args.database), host="127.0.0.1", port=args.port, log_level="warning")


if __name__ == "__main__":
    main()
