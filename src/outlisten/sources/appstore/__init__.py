"""App Store: what people say of apps in the reviews of Apple’s stores."""
