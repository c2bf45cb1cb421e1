from . import canteen
from . import agenda_feed
from . import school_portal
from . import repair
from . import open_information
