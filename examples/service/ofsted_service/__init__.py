"""A small service over `ofsted_framework`: an example to read, to run and to start from."""
