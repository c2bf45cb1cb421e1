from . import agenda_feed
