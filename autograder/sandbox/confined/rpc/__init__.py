"""Calls between two processes: values as bytes, the transport, the peers, and proxies of each other's objects."""
