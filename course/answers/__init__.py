"""An answer is called, and what comes of it is made comparable: values, errors, and the key that holds what is expected."""
