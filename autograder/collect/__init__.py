"""What learning platforms export, brought into ``submitted/``."""
