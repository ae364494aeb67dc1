package io.diapason.model;

/** JSON's {@code null}, which is a value in a document and never a Java null. */
enum JsonNull {
    NULL;

    @Override
    public String toString() {
        return "null";
    }
}
