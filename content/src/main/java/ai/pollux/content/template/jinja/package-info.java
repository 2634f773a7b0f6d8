/**
 * The part of Jinja that chat templates use, with Python's way of printing values: <a
 * href="https://jinja.palletsprojects.com/templates/">the language</a>, as the transformers library
 * sets it up. A template is a stranger's program: steps, depth and text are bounded.
 */
@NullMarked
package ai.pollux.content.template.jinja;

import org.jspecify.annotations.NullMarked;
