# Read only when the demo is loaded: see res.company, _play_office_demo.
from .play import play
