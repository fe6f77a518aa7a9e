from .errors import Fault as Fault, OfstedFrameworkError as OfstedFrameworkError
from .dates import When as When, Window as Window, WorkingDays as WorkingDays
from .sources import Basis as Basis, Severity as Severity
from .grades import Grade as Grade, GradeScale as GradeScale, Judgement as Judgement
from .events import ActionPlan as ActionPlan, EngagementMeeting as EngagementMeeting, Event as Event, FocusedVisit as FocusedVisit, Inspection as Inspection, JointTargetedAreaInspection as JointTargetedAreaInspection, MonitoringVisit as MonitoringVisit, OverviewReport as OverviewReport, Part as Part, Scope as Scope, SelfEvaluation as SelfEvaluation, ThematicReview as ThematicReview
from .history import Coverage as Coverage, History as History, Provider as Provider
from .editions import Framework as Framework, framework as framework, frameworks as frameworks, read_framework as read_framework
from .cases import Because as Because, State as State, Status as Status
from .rules import RULES as RULES, check as check, explain as explain
from .planning import deadlines as deadlines, due as due, what_if as what_if
from .documents import dump as dump, json_schema as json_schema, read as read, sample as sample

__all__ = [
    "ActionPlan",
    "Basis",
    "Because",
    "Coverage",
    "EngagementMeeting",
    "Event",
    "Fault",
    "FocusedVisit",
    "Framework",
    "Grade",
    "GradeScale",
    "History",
    "Inspection",
    "JointTargetedAreaInspection",
    "Judgement",
    "MonitoringVisit",
    "OfstedFrameworkError",
    "OverviewReport",
    "Part",
    "Provider",
    "RULES",
    "Scope",
    "SelfEvaluation",
    "Severity",
    "State",
    "Status",
    "ThematicReview",
    "When",
    "Window",
    "WorkingDays",
    "check",
    "deadlines",
    "due",
    "dump",
    "explain",
    "framework",
    "frameworks",
    "json_schema",
    "read",
    "read_framework",
    "sample",
    "what_if",
]

def __dir__() -> list[str]: ...
