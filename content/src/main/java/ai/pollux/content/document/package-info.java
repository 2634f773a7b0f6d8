/**
 * Documents as a model reads them: the pages of a PDF as text and pictures, and files of text as
 * text.
 */
@NullMarked
package ai.pollux.content.document;

import org.jspecify.annotations.NullMarked;
