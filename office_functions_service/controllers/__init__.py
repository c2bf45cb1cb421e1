from . import canteen
