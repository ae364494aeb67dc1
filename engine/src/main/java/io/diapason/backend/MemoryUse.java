package io.diapason.backend;

/**
 * A device's memory as this process holds it.
 *
 * @param used bytes that open scopes own
 * @param cached bytes kept for reuse
 * @param peak the most bytes ever used at once
 */
public record MemoryUse(long used, long cached, long peak) {}
