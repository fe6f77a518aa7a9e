"""For those who import us: records to test with, and tests of a service of one's own.

The only part of the library that needs Hypothesis: `pip install ofsted-framework[testing]`.
Nothing here is used by the rest.
"""

from ._asserting import assert_conforms, assert_departs, assert_examples, last_day
from ._contract import Adapter, ContractError, Memory, check_contract, life_of_a_record
from ._departing import depart
from ._registered import register
from ._strategies import (
    conforming_histories,
    coverages,
    days,
    departing_histories,
    events,
    histories,
    judgements,
    providers,
    whens,
)

__all__ = [
    "Adapter",
    "ContractError",
    "Memory",
    "assert_conforms",
    "assert_departs",
    "assert_examples",
    "check_contract",
    "conforming_histories",
    "coverages",
    "days",
    "depart",
    "departing_histories",
    "events",
    "histories",
    "judgements",
    "last_day",
    "life_of_a_record",
    "providers",
    "register",
    "whens",
]
