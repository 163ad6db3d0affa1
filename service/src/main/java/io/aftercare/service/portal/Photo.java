package io.aftercare.service.portal;

import java.util.Optional;

/// What kind of picture some bytes are, by their beginning; what the sender calls them does not count.
record Photo(String name, String type) {
    static Optional<Photo> of(byte[] bytes) {
        if (begins(bytes, 0, 0xff, 0xd8, 0xff)) {
            return Optional.of(new Photo("photo.jpg", "image/jpeg"));
        }
        if (begins(bytes, 0, 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a)) {
            return Optional.of(new Photo("photo.png", "image/png"));
        }
        if (begins(bytes, 0, 'R', 'I', 'F', 'F') && begins(bytes, 8, 'W', 'E', 'B', 'P')) {
            return Optional.of(new Photo("photo.webp", "image/webp"));
        }
        return Optional.empty();
    }

    private static boolean begins(byte[] bytes, int at, int... magic) {
        if (bytes.length < at + magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((bytes[at + i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
