export const start = {
	title: 'Start',
};
