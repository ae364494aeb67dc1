/** What training minimises: a loss of predictions and targets, and penalties of parameters. All are scalars. */
@NullMarked
package io.diapason.loss;

import org.jspecify.annotations.NullMarked;
