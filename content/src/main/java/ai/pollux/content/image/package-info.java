/**
 * Pictures as people send them, to RGB pixels: JPEG, PNG, WebP, GIF, BMP and AVIF, told apart by
 * their first bytes. A header is read and held to limits before anything is decoded; big pictures
 * are reduced while they are decoded. Also the resizing that the reference library does, to the
 * last bit.
 */
@NullMarked
package ai.pollux.content.image;

import org.jspecify.annotations.NullMarked;
