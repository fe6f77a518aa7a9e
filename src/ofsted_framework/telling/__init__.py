"""How answers are told: one medium a module."""
