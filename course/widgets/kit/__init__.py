"""What the live figures share: panel, controls, pictures, and the loading of their JavaScript and CSS."""
