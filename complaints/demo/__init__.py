"""The demo shop: people, shops and stories, told by running the actions. Its texts are content, in Chinese."""
