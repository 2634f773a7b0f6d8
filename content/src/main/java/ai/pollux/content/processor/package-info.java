/**
 * What each family's processor makes of a picture, and how a prompt makes room for it: patches or
 * planes of floats as the family's encoder reads them, and the marks and placeholders of images,
 * sounds and videos in the text. Equal to the reference library's processors.
 */
@NullMarked
package ai.pollux.content.processor;

import org.jspecify.annotations.NullMarked;
