package dev.parley.protocol.sealing.column;

import dev.parley.protocol.encoding.Malformed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Takes a section apart front to back, never past its end. */
final class Section {
    private final ByteBuffer bytes;

    Section(ByteBuffer bytes) {
        this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** An unsigned number that must not be above {@code most}. */
    int count(int most) throws Malformed {
        require(Integer.BYTES);
        var number = bytes.getInt();
        if (number < 0 || number > most) {
            throw new Malformed("a count of a block is out of range");
        }
        return number;
    }

    /** The next bytes as a view. */
    ByteBuffer take(int size) throws Malformed {
        require(size);
        var taken = bytes.slice(bytes.position(), size).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + size);
        return taken;
    }

    /** Zeros up to the next multiple of 8. */
    void align() throws Malformed {
        while (bytes.position() % Long.BYTES != 0) {
            require(1);
            if (bytes.get() != 0) {
                throw new Malformed("padding of a block is not zero");
            }
        }
    }

    void end() throws Malformed {
        if (bytes.hasRemaining()) {
            throw new Malformed("something follows the end of a section");
        }
    }

    private void require(int size) throws Malformed {
        if (bytes.remaining() < size) {
            throw new Malformed("a block ends too early");
        }
    }
}
