"""Rich menus: their pictures, what their areas say, making them at LINE and giving people theirs."""
