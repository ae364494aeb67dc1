/** Programs over the libraries that Diapason is measured against, each run in a process of its own. */
@NullMarked
package io.diapason.peers;

import org.jspecify.annotations.NullMarked;
