"""How Hypothesis runs here: HYPOTHESIS_PROFILE is "default", "long" or "quick"."""

import os

from hypothesis import settings

for _name, _examples in {"default": 100, "long": 300, "quick": 20}.items():
    settings.register_profile(
        _name,
        derandomize=True,
        deadline=None,
        max_examples=_examples,
        print_blob=True,
        database=None,
    )

settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
