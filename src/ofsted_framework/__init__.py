"""Ofsted's inspection frameworks as code: check, plan and explain inspections of Cafcass and ILACS.

Names are loaded when they are first used, so that importing the library costs next to nothing.
"""

from importlib import import_module as _import_module

_HOME = {
    "OfstedFrameworkError": "errors",
    "When": "dates", "WorkingDays": "dates",
    "Basis": "sources",
    "Grade": "grades", "Judgement": "grades",
    "Event": "events", "Inspection": "events", "FocusedVisit": "events",
    "MonitoringVisit": "events", "ThematicReview": "events", "OverviewReport": "events",
    "JointTargetedAreaInspection": "events", "SelfEvaluation": "events",
    "EngagementMeeting": "events", "ActionPlan": "events", "Part": "events",
    "Provider": "history", "Coverage": "history", "History": "history",
    "Framework": "editions", "framework": "editions", "frameworks": "editions",
    "governing": "editions", "diff": "changes",
    "Status": "cases",
    "RULES": "rules", "check": "rules", "explain": "rules",
    "due": "planning", "deadlines": "planning", "what_if": "planning",
    "check_many": "population", "due_many": "population",
    "simulate": "simulation",
    "read": "tables", "from_frame": "tables",
    "dump": "documents", "sample": "documents", "json_schema": "documents",
}  # fmt: skip
__all__ = sorted(_HOME)


def __getattr__(name: str) -> object:
    home = _HOME.get(name)
    if home is None:
        from .errors import nearest

        near = None if name.startswith("_") else nearest(name, __all__)
        hint = f"; did you mean {near!r}?" if near else ""
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}{hint}")
    value = getattr(_import_module(f".{home}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
