from . import canteen
from . import agenda_feed
from . import school_portal
from . import repair
from . import mail_petition
from . import hall
from . import open311
from . import open_information
