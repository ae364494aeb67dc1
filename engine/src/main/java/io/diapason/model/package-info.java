/**
 * What is kept of a training: a model that turns rows of a table into predictions, and its file.
 *
 * <p>Table rows are encoded by {@link io.diapason.data.TableEncoder}, mapped by a network, and turned into
 * {@link io.diapason.model.Predictions}: probabilities of classes, or numbers in the target's units.
 *
 * <pre>
 * TabularModel ─ save ─▶ ModelFile ─▶ ModelArchive (zip): model.json ◀─ ModelDocument ◀─ encoders, configuration
 *      ▲                                                weights.safetensors ◀─ ModelWeights ◀─ parameters
 *      └──────────────────────────── load ─────────────────────────────────────┘
 * </pre>
 *
 * <p>Modules of any other kind are kept by {@link io.diapason.model.StateFile}, as safetensors that PyTorch reads, and
 * named tensors of whatever meaning by {@link io.diapason.model.Safetensors}, such as checkpoints.
 *
 * <p>Files are never trusted: whatever they say, reading one ends in a model or in a
 * {@link io.diapason.model.ModelFileException}, and takes memory in proportion to the file alone.
 */
@NullMarked
package io.diapason.model;

import org.jspecify.annotations.NullMarked;
