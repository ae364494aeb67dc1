package io.diapason.nn;

/** What a module is made of: parameters, buffers and further modules. */
public sealed interface Part permits Parameter, Buffer, Module {}
