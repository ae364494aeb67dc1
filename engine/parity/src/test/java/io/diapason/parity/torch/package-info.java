/** libtorch behind a few static methods of our own words; nothing else in the module sees the preset. */
@NullMarked
package io.diapason.parity.torch;

import org.jspecify.annotations.NullMarked;
