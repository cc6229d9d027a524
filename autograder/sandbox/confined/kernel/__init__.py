"""How a process is confined by the kernel, through ctypes: namespaces, capabilities, limits, Landlock, seccomp."""
