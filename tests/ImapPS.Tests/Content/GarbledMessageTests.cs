namespace ImapPS.Tests.Content;
