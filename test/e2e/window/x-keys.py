"""Presses keys through the X server, as a keyboard does: x-keys.py F2 ctrl+shift+z …  The largest window gets them."""

import sys

from Xlib import X, XK, display
from Xlib.ext import xtest

MODIFIERS = {"ctrl": XK.XK_Control_L, "shift": XK.XK_Shift_L, "alt": XK.XK_Alt_L}

screen = display.Display()


def focus_largest_window():
    """Gives the largest window the focus: there is no window manager that would do it."""
    found = []
    for window in screen.screen().root.query_tree().children:
        if window.get_attributes().map_state == X.IsViewable:
            geometry = window.get_geometry()
            found.append((geometry.width * geometry.height, window))
    max(found, key=lambda pair: pair[0])[1].set_input_focus(X.RevertToParent, X.CurrentTime)
    screen.sync()


def press(combo):
    *modifiers, name = combo.split("+")
    codes = [screen.keysym_to_keycode(MODIFIERS[modifier]) for modifier in modifiers]
    codes.append(screen.keysym_to_keycode(XK.string_to_keysym(name)))
    for code in codes:
        xtest.fake_input(screen, X.KeyPress, code)
    for code in reversed(codes):
        xtest.fake_input(screen, X.KeyRelease, code)
    screen.sync()


focus_largest_window()
for one in sys.argv[1:]:
    press(one)
