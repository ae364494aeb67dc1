package io.diapason.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Standard output. Once its reader has gone (as {@code head} does), nobody wants the rest: it is taken and dropped, as
 * Unix tools end silently then. Any other failure is one.
 */
final class ClosedPipe extends OutputStream {
    private final OutputStream out = new FileOutputStream(FileDescriptor.out);
    private boolean closed;

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (closed) {
            return;
        }
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            if (!"Broken pipe".equals(e.getMessage())) {
                throw e;
            }
            closed = true;
        }
    }
}
