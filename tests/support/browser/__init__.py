"""JupyterLab in Chromium, and notebooks planted in it."""
