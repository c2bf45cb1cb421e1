from . import canteen
from . import agenda_feed
