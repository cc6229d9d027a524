"""What runs inside the sandbox: the zygote, the submission's own process, and its side of the RPC."""
