"""The kernel's own ways to confine a process: namespaces, Landlock and seccomp."""
