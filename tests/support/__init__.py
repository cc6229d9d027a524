"""What tests use: courses, notebooks, servers and probes; no test is in here."""
