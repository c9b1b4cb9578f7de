#define _GNU_SOURCE /* ppoll, wcwidth */
#include "terminal/prompt.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

/* readline's header wants stdio.h first */
#include <readline/history.h>
#include <readline/readline.h>

#include "base/error.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "terminal/wrapped.h"

enum { COMMANDS_FILE_MAX = 1 << 16 };

struct prompt {
    bool terminal;
    FILE *in, *out;
    const char *const *lines;
    const struct screen *screen;
    prompt_completer completer;
    void *completer_state;
    char *commands_path;
    struct buffer commands; /* to be added to that file */
    struct buffer begun;    /* what stands in the next line already */
    prompt_work work;       /* NULL: none, or done */
    void *work_state;
    bool failed; /* it could not be done */
    bool end_is_hangup;
};

void prompt_do_when_shown(struct prompt *p, prompt_work work, void *state)
{
    p->work = work;
    p->work_state = state;
}

static bool do_work(struct prompt *p)
{
    prompt_work work = p->work;
    p->work = NULL;
    p->failed = p->failed || (work && !work(p->work_state));
    return !p->failed;
}

/* --- signals: noted here, acted on in the loop --- */

static volatile sig_atomic_t got_interrupt, got_hangup, got_resize, got_stop;

static const struct {
    int signal;
    volatile sig_atomic_t *flag;
} watched[] = {
    { SIGINT, &got_interrupt }, { SIGHUP, &got_hangup }, { SIGTERM, &got_hangup },
    { SIGWINCH, &got_resize },  { SIGTSTP, &got_stop },
};
enum { WATCHED = sizeof(watched) / sizeof(watched[0]) };
static struct sigaction before[WATCHED];
static int watchers; /* prompts that exist */

static void note_signal(int number)
{
    for (size_t i = 0; i < WATCHED; i++)
        if (watched[i].signal == number)
            *watched[i].flag = 1;
}

/* A file is read without touching Ctrl-C and Ctrl-Z: they do to it what they do to any filter. */
static bool is_watched(int number, bool terminal)
{
    return terminal || number == SIGHUP || number == SIGTERM;
}

static void watch_signals(bool terminal)
{
    if (watchers++)
        return;
    struct sigaction note;
    memset(&note, 0, sizeof(note));
    note.sa_handler = note_signal;
    note.sa_flags = terminal ? SA_RESTART : 0; /* a plain read must return; ppoll always does */
    sigemptyset(&note.sa_mask);
    for (size_t i = 0; i < WATCHED; i++) {
        sigaction(watched[i].signal, NULL, &before[i]);
        if (is_watched(watched[i].signal, terminal) && before[i].sa_handler != SIG_IGN)
            sigaction(watched[i].signal, &note, NULL);
    }
}

static void unwatch_signals(void)
{
    if (--watchers)
        return;
    for (size_t i = 0; i < WATCHED; i++)
        sigaction(watched[i].signal, &before[i], NULL);
}

static void watched_set(sigset_t *set)
{
    sigemptyset(set);
    for (size_t i = 0; i < WATCHED; i++)
        sigaddset(set, watched[i].signal);
}

/* --- the line wrapped at words: readline displays a copy of it (wrapped.h) --- */

static struct wrapped wrapped = WRAPPED_INIT; /* what readline has on the screen ... */
static struct buffer wrapped_behind =
    BUFFER_INIT;      /* the prompt before it; empty: none yet */
static bool wrapping; /* ... unless it displays its own line */

/* As readline counts them. */
static int columns_of(int32_t codepoint)
{
    if (codepoint < 0x80)
        return 1;
    int columns = wcwidth((wchar_t)codepoint);
    return columns < 0 ? 1 : columns;
}

static bool has_capability(const char *name)
{
    const char *sequence = rl_get_termcap(name);
    return sequence && *sequence;
}

/* Whether ~/.inputrc asks for a display that the copy would not go with. */
static bool is_set_otherwise(void)
{
    static const char *const variables[] = { "horizontal-scroll-mode",
                                             "mark-modified-lines", "show-mode-in-prompt",
                                             "byte-oriented" };
    for (size_t i = 0; i < sizeof(variables) / sizeof(*variables); i++) {
        const char *value = rl_variable_value(variables[i]);
        if (value && strcmp(value, "on") == 0)
            return true;
    }
    return false;
}

static bool can_wrap(const struct wrapped_line *line)
{
    return line->width >= WRAPPED_NARROWEST && line->height > 1 && line->prompt >= 0 &&
           line->prompt < line->width && MB_CUR_MAX > 1 && has_capability("up") &&
           has_capability("ce") && !is_set_otherwise();
}

/* The line and its window; one row of that is for the cursor once the line is ended. */
static struct wrapped_line line_of(const char *text, size_t length)
{
    const char *prompt = rl_display_prompt ? rl_display_prompt : "";
    struct wrapped_line line = { .text = text, .length = length, .columns = columns_of };
    line.prompt = wrapped_prompt(prompt, columns_of);
    rl_get_screen_size(&line.height, &line.width);
    line.height--;
    return line;
}

/* Readline updates what it has on the screen, but with another prompt leaves some of it behind. */
static void clear_other_prompt(void)
{
    const char *prompt = rl_display_prompt ? rl_display_prompt : "";
    if (strcmp(prompt, wrapped_behind.data) == 0)
        return;
    if (wrapped_behind.length) {
        rl_clear_visible_line();
        rl_on_new_line();
    }
    buffer_clear(&wrapped_behind);
    buffer_add_string(&wrapped_behind, prompt);
}

static void display(void)
{
    struct wrapped_line line = line_of(rl_line_buffer, (size_t)rl_end);
    wrapping = can_wrap(&line);
    if (!wrapping) {
        rl_redisplay();
        return;
    }
    char *text = rl_line_buffer;
    int end = rl_end, point = rl_point, mark = rl_mark;
    line.point = (size_t)point;
    line.mark = (size_t)mark;
    wrapped_lay_out(&wrapped, &line);
    clear_other_prompt();
    rl_line_buffer = wrapped.shown.data;
    rl_end = (int)wrapped.shown.length;
    rl_point = (int)wrapped.point;
    rl_mark = (int)wrapped.mark;
    rl_redisplay();
    rl_line_buffer = text;
    rl_end = end;
    rl_point = point;
    rl_mark = mark;
}

/* Of a line that was too high for the window some rows stand there: it is shown whole, once. */
static void show_whole(FILE *out, const char *text)
{
    int rows = wrapped_rows(&wrapped);
    struct wrapped_line line = line_of(text, strlen(text));
    line.height = INT_MAX;
    wrapped_lay_out(&wrapped, &line);
    fprintf(out, "\033[%dA\033[J", rows);
    for (const char *c = rl_prompt; *c; c++)
        if (*c != RL_PROMPT_START_IGNORE && *c != RL_PROMPT_END_IGNORE)
            fputc(*c, out);
    fputs(wrapped.shown.data, out);
    if (wrapped.shown.data[wrapped.shown.length - 1] != '\n')
        fputc('\n', out);
    fflush(out);
}

/* To be called once readline knows the terminal: it takes no look at one that others draw on. */
static void begin_display(const struct prompt *p)
{
    struct termios settings;
    bool echo = tcgetattr(fileno(p->in), &settings) == 0 && settings.c_lflag & ECHO;
    wrapping = false;
    buffer_clear(&wrapped_behind);
    if (!p->screen->plain && echo)
        rl_redisplay_function = display;
}

static void end_display(void)
{
    rl_redisplay_function = rl_redisplay;
}

/* --- readline: callbacks without an argument, so the one prompt stands here --- */

static struct {
    struct prompt *prompt;
    struct buffer *line;
    bool done, end;
} reading;

static void take_line(char *text)
{
    reading.done = true;
    reading.end = text == NULL;
    if (text)
        buffer_add(reading.line, text, strnlen(text, PROMPT_LINE_MAX));
    if (text && wrapping && wrapped.cut)
        show_whole(reading.prompt->out, text);
    free(text);
    rl_callback_handler_remove(); /* or readline would show the prompt once more */
}

/* The words as readline wants them: what they have in common first, NULL last. */
static char **complete_words(const char *text, int start, int end)
{
    struct prompt *p = reading.prompt;
    (void)text;
    rl_attempted_completion_over = 1; /* never file names */
    if (!p->completer)
        return NULL;
    char *line = xstrndup(rl_line_buffer, (size_t)end);
    char **words = NULL;
    size_t count = p->completer(p->completer_state, line, (size_t)start, &words);
    free(line);
    if (!count) {
        free(words);
        return NULL;
    }
    size_t common = strlen(words[0]);
    for (size_t i = 1; i < count; i++) {
        size_t same = 0;
        while (same < common && words[i][same] == words[0][same])
            same++;
        common = same;
    }
    char **matches = xcalloc(count + 2, sizeof(*matches));
    matches[0] = xstrndup(words[0], common);
    memcpy(matches + 1, words, count * sizeof(*matches));
    free(words);
    return matches;
}

/* From 8.2 on readline ends a line at Ctrl-D itself, and each line after it once more: the prompt
 * does that, and only for the one. */
static void leave_line(void)
{
#if RL_READLINE_VERSION >= 0x0802
    rl_eof_found = 0;
#endif
    rl_deprep_terminal();
}

static void set_up_readline(struct prompt *p)
{
    rl_readline_name = "viva"; /* for `$if viva` in ~/.inputrc */
    rl_instream = p->in;
    rl_outstream = p->out;
    rl_catch_signals = 0;
    rl_catch_sigwinch = 0;
    rl_deprep_term_function = leave_line;
    rl_change_environment = 0; /* COLUMNS stays as the user has it */
    rl_attempted_completion_function = complete_words;
    rl_completer_word_break_characters = (char *)" \t\n";
    rl_basic_word_break_characters = " \t\n";
    rl_completer_quote_characters = "";
    using_history();
    stifle_history(PROMPT_HISTORY);
}

/* Whether the terminal breaks rows in two when it is made narrower: nearly all do. */
static bool breaks_rows(void)
{
    const char *term = getenv("TERM");
    if (getenv("TMUX"))
        return true;
    return !getenv("XTERM_VERSION") && !getenv("STY") && term &&
           strcmp(term, "linux") != 0;
}

/* Readline clears what it displayed, but of a display that is not its own it does not. */
static void resize(struct prompt *p)
{
    int height, width, old_height, old_width;
    if (!wrapping) {
        rl_voidfunc_t *own = rl_redisplay_function;
        rl_redisplay_function = rl_redisplay;
        rl_resize_terminal();
        rl_redisplay_function = own;
        (*rl_redisplay_function)();
        return;
    }
    rl_get_screen_size(&old_height, &old_width);
    rl_reset_screen_size();
    rl_get_screen_size(&height, &width);
    if (height == old_height && width == old_width)
        return;
    int rows = wrapped_rows_above(&wrapped, breaks_rows() ? width : INT_MAX);
    fputc('\r', p->out);
    if (rows)
        fprintf(p->out, "\033[%dA", rows);
    fputs("\033[J", p->out);
    rl_forced_update_display();
}

/* Ctrl-Z: the terminal as it was while stopped, and the line shown again afterwards. */
static void stop_here(const sigset_t *all)
{
    struct sigaction usual, mine;
    memset(&usual, 0, sizeof(usual));
    usual.sa_handler = SIG_DFL;
    sigemptyset(&usual.sa_mask);
    if (rl_deprep_term_function)
        rl_deprep_term_function();
    sigaction(SIGTSTP, &usual, &mine);
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    raise(SIGTSTP);
    sigprocmask(SIG_UNBLOCK, &stop, NULL); /* stops here, and goes on here */
    sigprocmask(SIG_BLOCK, all, NULL);
    sigaction(SIGTSTP, &mine, NULL);
    if (rl_prep_term_function)
        rl_prep_term_function(1);
    rl_reset_screen_size();
    rl_forced_update_display();
}

/* In this order: the line's state is freed with a redisplay, and the handler's end goes to column 0. */
static void drop_line(struct prompt *p)
{
    rl_free_line_state();
    rl_point = rl_end;
    (*rl_redisplay_function)();
    fputs("^C\n", p->out);
    rl_callback_handler_remove();
    fflush(p->out);
    rl_replace_line("", 0);
}

static enum prompt_result give_up(struct prompt *p)
{
    rl_callback_handler_remove();
    fputc('\n', p->out);
    fflush(p->out);
    return PROMPT_HANGUP;
}

/* Acts on what the handlers noted. True when the read is over, with *result. */
static bool act_on_signals(struct prompt *p, const sigset_t *all, enum prompt_result *result)
{
    if (got_hangup) {
        buffer_add(reading.line, rl_line_buffer, (size_t)rl_end);
        rl_callback_handler_remove();
        *result = PROMPT_HANGUP;
        return true;
    }
    if (got_interrupt) {
        got_interrupt = 0;
        drop_line(p);
        *result = PROMPT_INTERRUPTED;
        return true;
    }
    if (got_stop) {
        got_stop = 0;
        stop_here(all);
    }
    if (got_resize == 1) {
        got_resize = 2; /* still to be told by prompt_resized() */
        resize(p);
    }
    return false;
}

/*
 * The watched signals are blocked except while waiting, so none slips between the look at its flag
 * and the wait.
 */
static enum prompt_result read_with_readline(struct prompt *p, const char *label)
{
    sigset_t all, old;
    enum prompt_result result = PROMPT_LINE;
    struct pollfd input = { .fd = fileno(p->in), .events = POLLIN };
    watched_set(&all);
    sigprocmask(SIG_BLOCK, &all, &old);
    reading.done = reading.end = false;
    rl_initialize();
    begin_display(p);
    rl_callback_handler_install(label, take_line);
    if (p->begun.length) {
        rl_insert_text(p->begun.data);
        (*rl_redisplay_function)();
        buffer_clear(&p->begun);
    }
    if (!do_work(p))
        result = give_up(p);
    while (!reading.done && !p->failed) {
        if (act_on_signals(p, &all, &result))
            break;
        if (ppoll(&input, 1, NULL, &old) < 0)
            continue; /* a signal; no other error can be, and it would show in the next read */
        if (input.revents &
            (POLLHUP | POLLERR)) /* gone, whether a signal says so or not */
            got_hangup = 1;
        sigprocmask(SIG_SETMASK, &old,
                    NULL); /* one may have come together with input, and before */
        sigprocmask(SIG_BLOCK, &all, NULL);
        if (!got_hangup && !got_interrupt && !got_stop)
            rl_callback_read_char();
    }
    end_display();
    sigprocmask(SIG_SETMASK, &old, NULL);
    if (reading.done)
        result = reading.end ? PROMPT_END : PROMPT_LINE;
    return got_hangup ? PROMPT_HANGUP : result;
}

/* Readline counts columns between \001 and \002 as none. */
static void mark_label(struct buffer *out, const struct screen *screen, const char *text)
{
    if (screen->colour)
        buffer_add_string(out, "\001\033[1m\002");
    utf8_add_harmless(out, text, strlen(text));
    if (screen->colour)
        buffer_add_string(out, "\001\033[0m\002");
}

/* What is wider than the window breaks between words, and leaves room for a letter. */
static void lay_label(struct buffer *out, const struct screen *screen, const char *label)
{
    size_t length = strlen(label), end = length;
    while (end && label[end - 1] == ' ')
        end--;
    screen_wrap(out, label, end, screen->width - 2, 0, 0);
    buffer_add_string(out, label + end);
}

/* Readline is given one line alone. */
static const char *show_all_but_last(struct prompt *p, const char *laid)
{
    const char *last = strrchr(laid, '\n');
    struct buffer lines = BUFFER_INIT;
    if (!last)
        return laid;
    screen_style(&lines, p->screen, SCREEN_BOLD);
    buffer_add(&lines, laid, (size_t)(last - laid));
    screen_style(&lines, p->screen, SCREEN_NORMAL);
    buffer_add_char(&lines, '\n');
    screen_write(p->out, &lines);
    buffer_release(&lines);
    return last + 1;
}

static enum prompt_result read_terminal(struct prompt *p, const char *label, struct buffer *line)
{
    struct buffer shown = BUFFER_INIT, laid = BUFFER_INIT;
    const char *last = strrchr(label, '\n');
    if (last)
        fwrite(label, 1, (size_t)(last + 1 - label), p->out);
    lay_label(&laid, p->screen, last ? last + 1 : label);
    mark_label(&shown, p->screen, show_all_but_last(p, laid.data));
    buffer_release(&laid);
    fflush(p->out);
    reading.prompt = p;
    reading.line = line;
    enum prompt_result result = read_with_readline(p, shown.data);
    if (result == PROMPT_END) {
        fputc('\n', p->out);
        fflush(p->out);
    }
    buffer_release(&shown);
    return result;
}

/* --- plain sources --- */

static enum prompt_result read_plain(struct prompt *p, struct buffer *line)
{
    int c = EOF;
    bool any = false;
    while (!got_hangup && (c = getc(p->in)) != EOF && c != '\n') {
        any = true;
        if (line->length < PROMPT_LINE_MAX)
            buffer_add_char(line, (char)c);
    }
    if (got_hangup)
        return PROMPT_HANGUP;
    if (c == EOF && ferror(p->in) && errno == EINTR)
        clearerr(p->in);
    if (line->length && line->data[line->length - 1] == '\r')
        buffer_truncate(line, line->length - 1);
    if (c != EOF || any)
        return PROMPT_LINE;
    return p->end_is_hangup ? PROMPT_HANGUP : PROMPT_END;
}

static enum prompt_result read_list(struct prompt *p, struct buffer *line)
{
    if (!p->lines || !*p->lines)
        return PROMPT_END;
    buffer_add_string(line, *p->lines++);
    return PROMPT_LINE;
}

/* --- the interface --- */

struct prompt *prompt_new(FILE *in, FILE *out, const struct screen *screen)
{
    struct prompt *p = xcalloc(1, sizeof(*p));
    *p = (struct prompt) { .in = in,
                           .out = out,
                           .screen = screen,
                           .commands = BUFFER_INIT,
                           .begun = BUFFER_INIT };
    p->terminal = isatty(fileno(in)) && isatty(fileno(out));
    watch_signals(p->terminal);
    if (p->terminal) {
        set_up_readline(p);
        got_resize = 2; /* nobody was listening before: the screen may be measured anew */
    }
    return p;
}

struct prompt *prompt_new_lines(const char *const *lines)
{
    struct prompt *p = xcalloc(1, sizeof(*p));
    *p =
        (struct prompt) { .lines = lines, .commands = BUFFER_INIT, .begun = BUFFER_INIT };
    return p;
}

static void save_commands(struct prompt *p)
{
    if (!p->commands_path || !p->commands.length)
        return;
    struct error ignored;
    error_init(&ignored);
    char *folder = xstrdup(p->commands_path), *slash = strrchr(folder, '/');
    if (slash) {
        *slash = '\0';
        file_make_folders(folder, &ignored);
    }
    struct buffer all = BUFFER_INIT;
    if (file_exists(p->commands_path))
        file_read(p->commands_path, COMMANDS_FILE_MAX, &all, &ignored);
    buffer_add(&all, p->commands.data, p->commands.length);
    const char *from = all.data;
    if (all.length > COMMANDS_FILE_MAX / 2) /* the older half goes, up to a line's end */
        from = strchr(all.data + all.length / 2, '\n') + 1;
    file_write(p->commands_path, from, strlen(from), 0600, &ignored);
    buffer_release(&all);
    free(folder);
}

void prompt_free(struct prompt *p)
{
    if (!p)
        return;
    save_commands(p);
    if (p->in)
        unwatch_signals();
    if (p->terminal) {
        clear_history();
        wrapped_release(&wrapped);
        buffer_release(&wrapped_behind);
        reading.prompt = NULL;
    }
    free(p->commands_path);
    buffer_release(&p->commands);
    buffer_release(&p->begun);
    free(p);
}

bool prompt_interactive(const struct prompt *p)
{
    return p->terminal;
}

void prompt_set_completer(struct prompt *p, prompt_completer completer, void *state)
{
    p->completer = completer;
    p->completer_state = state;
}

void prompt_remember(struct prompt *p, const char *line)
{
    if (!p->terminal || !*line)
        return;
    add_history(line);
    if (p->commands_path && line[0] == '/' && line[1] != '/' && !strchr(line, ' ') &&
        !strchr(line, '\n'))
        buffer_printf(&p->commands, "%s\n", line);
}

void prompt_keep_commands(struct prompt *p, const char *path)
{
    if (!p->terminal)
        return;
    struct buffer text = BUFFER_INIT;
    p->commands_path = xstrdup(path);
    if (file_read(path, COMMANDS_FILE_MAX, &text, NULL) == 0) {
        char *rest = text.length ? text.data : NULL;
        for (char *line; rest && (line = strsep(&rest, "\n"));)
            if (line[0] == '/')
                add_history(line);
    }
    buffer_release(&text);
}

void prompt_end_is_hangup(struct prompt *p)
{
    p->end_is_hangup = true;
}

void prompt_begin_line(struct prompt *p, const char *text)
{
    buffer_clear(&p->begun);
    if (p->terminal)
        utf8_add_harmless(&p->begun, text, strlen(text));
}

enum prompt_result prompt_read(struct prompt *p, const char *label, struct buffer *line)
{
    buffer_clear(line);
    if ((got_hangup && p->in) || p->failed)
        return PROMPT_HANGUP;
    if (p->terminal)
        return read_terminal(p, label, line);
    if (!do_work(p))
        return PROMPT_HANGUP;
    return p->in ? read_plain(p, line) : read_list(p, line);
}

void prompt_suspend(struct prompt *p)
{
    if (!p->terminal)
        return;
    fflush(p->out);
    struct sigaction ignore;
    memset(&ignore, 0, sizeof(ignore));
    ignore.sa_handler = SIG_IGN;
    sigemptyset(&ignore.sa_mask);
    sigaction(SIGINT, &ignore, NULL); /* Ctrl-C belongs to the other program */
}

void prompt_continue(struct prompt *p)
{
    if (!p->terminal)
        return;
    struct sigaction note;
    memset(&note, 0, sizeof(note));
    note.sa_handler = note_signal;
    note.sa_flags = SA_RESTART;
    sigemptyset(&note.sa_mask);
    sigaction(SIGINT, &note, NULL);
    rl_reset_terminal(NULL);
}

bool prompt_resized(struct prompt *p)
{
    if (!p->terminal || !got_resize)
        return false;
    got_resize = 0;
    return true;
}

const char *prompt_library_version(void)
{
    return rl_library_version;
}
