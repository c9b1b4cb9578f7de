/* viva help [COMMAND]: what there is, or what one command does. */
#include "command/command.h"

static int run(struct command_context *ctx, struct error *e)
{
    struct buffer text = BUFFER_INIT;
    const struct command *command = NULL;
    if (ctx->arg_count && !(command = command_find(ctx->args[0], e)))
        return ERROR_USAGE;
    if (command)
        command_help_text(&text, &ctx->screen, command);
    else
        command_list_help(&text, &ctx->screen);
    screen_page(&ctx->screen, ctx->out, &text);
    buffer_release(&text);
    return ERROR_NONE;
}

const struct command command_help = {
    .name = "help",
    .usage = "[COMMAND]",
    .help = "show what there is, or what one command does",
    .max_args = 1,
    .run = run,
};
